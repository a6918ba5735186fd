import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { env, platform } from 'node:process'

const places = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
}

/** Path of an installed Chromium or Chrome (or what CUTPOINT_CHROMIUM names), or null. */
export function findChromium() {
  const named = env.CUTPOINT_CHROMIUM
  if (named) return existsSync(named) ? named : null
  return (places[platform] ?? []).find((path) => existsSync(path)) ?? null
}

/** An installed Chromium; on Debian, as root, it is installed if it is missing. Ends the process with advice if not. */
export function ensureChromium() {
  const found = findChromium()
  if (found) return found
  const debian = platform === 'linux' && existsSync('/usr/bin/apt-get')
  const root = process.getuid?.() === 0
  if (debian && root) {
    console.log('Installing Chromium, which the browser tests need …')
    execFileSync('apt-get', ['update', '-q'], { stdio: 'inherit' })
    execFileSync('apt-get', ['install', '-q', '-y', 'chromium'], {
      stdio: 'inherit',
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    const installed = findChromium()
    if (installed) return installed
  }
  console.error(
    debian
      ? 'The browser tests need Chromium. Run: sudo apt-get update && sudo apt-get install -y chromium'
      : 'The browser tests need Chromium or Chrome. Install one, or set CUTPOINT_CHROMIUM to its path.',
  )
  process.exit(1)
}
