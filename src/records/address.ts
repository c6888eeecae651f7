/** Where a conversation is, and as whom the bot speaks there. */
export interface Address {
  serviceUrl: string;
  /** With `;messageid=` it is a thread of a channel; without, a new post. */
  conversationId: string;
  tenantId: string;
  /** The bot's own id in the channel (`28:<app id>`). */
  botId: string;
}
