/** Loaded before a bot's own code (`node --import`): answers its parent's questions about the process. */

process.on('message', (question: unknown) => {
  if (question === 'memory') {
    // Twice: finalizers of the first collection free what the second one collects.
    globalThis.gc?.();
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    process.send?.({ rss, heap: heapUsed + external });
  } else if (question === 'processor') {
    const { user, system } = process.cpuUsage();
    process.send?.({ seconds: (user + system) / 1e6 });
  }
});
// The questions alone are no reason to live on.
process.channel?.unref();
