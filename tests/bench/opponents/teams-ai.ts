/** The echo bot of teams-ai's samples: Application with its turn state in memory, one send. */
import restify from 'restify';
import { Application, TeamsAdapter } from '@microsoft/teams-ai';
import type { TurnState } from '@microsoft/teams-ai';
import { ActivityTypes, MemoryStorage } from 'botbuilder';
import type { Request, Response } from 'botbuilder';

const adapter = new TeamsAdapter({});
const app = new Application<TurnState>({ storage: new MemoryStorage() });
app.activity(ActivityTypes.Message, async (context) => {
  await context.sendActivity(`Echo: ${context.activity.text}`);
});

const server = restify.createServer();
(server.log as unknown as { level: string }).level = 'silent';
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request as unknown as Request, response as unknown as Response, async (context) => {
    await app.run(context);
  });
});
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as { port: number }).port}`);
});
