// Shows the overview in the person's browser, where there is one.
import { spawn } from 'node:child_process';

/** Does nothing without a terminal or a screen. That it fails is no fault: the address stands on the terminal. */
export function openBrowser(url: string): void {
  const [command, ...words] = commandFor(process.platform);
  const hasScreen = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
  if (!process.stdout.isTTY || !hasScreen || command === undefined) return;
  const browser = spawn(command, [...words, url], { stdio: 'ignore', detached: true });
  browser.on('error', () => undefined);
  browser.unref();
}

function commandFor(platform: NodeJS.Platform): readonly string[] {
  if (platform === 'darwin') return ['open'];
  return platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
}
