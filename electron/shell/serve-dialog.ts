import { dialog, type BrowserWindow } from 'electron';

/** Asks whether a server may be opened that more than this machine can reach. The page can neither see nor answer it. */
export async function askMayServe(urlPrefix: string, over: BrowserWindow): Promise<boolean> {
  const options = {
    type: 'warning' as const, message: 'Let other machines reach this server?',
    detail: `${urlPrefix}\n\nIts host is not this machine alone. Under Windows whoever can reach this machine over a network can then send it requests; the portable engine listens on loopback whatever the host. Use localhost to serve only programs that run here.`,
    buttons: ['Open the server', 'Cancel'], defaultId: 1, cancelId: 1, noLink: true,
  };
  const { response } = await dialog.showMessageBox(over, options);
  return response === 0;
}
