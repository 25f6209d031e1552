import { createServer, type Server } from 'node:http';

/**
 * Answers at once or after some milliseconds, in turn. The clients on Wine ask it, since Wine's http.sys leaves requests
 * unanswered when several come at once, and its closes wait for the answer.
 */
export async function answeringServer(body: string, answered: () => void): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  let arrived = 0;
  const server: Server = createServer((request, response) => {
    arrived += 1;
    const number = arrived;
    request.resume();
    response.on('finish', answered);
    setTimeout(() => response.end(number % 7 === 0 ? body : `answer ${number}`), number % 3 === 0 ? number % 20 : 0);
  });
  await new Promise<void>((resolve, reject) => { server.on('error', reject).listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
