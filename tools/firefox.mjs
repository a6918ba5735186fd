import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { env, platform } from 'node:process'

const names = ['firefox', 'firefox-esr']

const places = {
  linux: ['/snap/bin/firefox'],
  darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  win32: ['C:\\Program Files\\Mozilla Firefox\\firefox.exe', 'C:\\Program Files (x86)\\Mozilla Firefox\\firefox.exe'],
}

/** Path of an installed Firefox (or what CUTPOINT_FIREFOX names), or null. */
export function findFirefox() {
  const named = env.CUTPOINT_FIREFOX
  if (named) return existsSync(named) ? named : null
  const ending = platform === 'win32' ? '.exe' : ''
  const inPath = (env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name + ending)))
  return [...inPath, ...(places[platform] ?? [])].find((path) => existsSync(path)) ?? null
}
