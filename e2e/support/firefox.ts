import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { findFirefox } from '../../tools/firefox.mjs'
import { serve } from '../../tools/serve.mjs'
import { buildEntry } from './entry'
import type { Answer, Asked, Steps } from './firefox.entry'

/** A page that has answered, and waits for what it is asked next. */
interface Waiting {
  readonly answer: Answer
  ask(asked: Asked): void
}

type Prefs = Record<string, string | number | boolean>

/** Nothing but the page: no first-run pages, reports or updates. */
const quietPrefs: Prefs = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
}

/** Put before the compute worker's script: how many processors it sees, and word of each worker that it starts. */
const before = (processors: number): string => `
Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${processors} })
self.Worker = class extends Worker {
  constructor(...given) {
    super(...given)
    new BroadcastChannel('workers').postMessage('started')
  }
}
`

/**
 * The built site in an installed Firefox, from a server that sends no headers. A script in the page does what is asked
 * for, and nothing is connected to Firefox: with WebDriver BiDi, Firefox 153 now and then
 * stops for ever where a worker starts workers.
 */
export class FirefoxPage {
  readonly #browser: ChildProcess
  readonly #arrivals: Arrivals
  readonly #end: () => void
  #page: Waiting = { answer: null, ask: () => undefined }

  private constructor(browser: ChildProcess, arrivals: Arrivals, end: () => void) {
    this.#browser = browser
    this.#arrivals = arrivals
    this.#end = end
  }

  /** Opens the site in a profile of its own with these preferences. */
  static async open({ processors, prefs = {} }: { processors: number; prefs?: Prefs }): Promise<FirefoxPage> {
    const arrivals = new Arrivals()
    const server = await serve(resolve('dist'), { answer: await answers(arrivals, processors) })
    const profile = mkdtempSync(join(tmpdir(), 'cutpoint-firefox-'))
    const lines = Object.entries({ ...quietPrefs, ...prefs }).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
    )
    writeFileSync(join(profile, 'user.js'), lines.join('\n'))
    const browser = spawn(findFirefox() ?? 'firefox', ['--headless', '--no-remote', '--profile', profile, server.url], {
      stdio: 'ignore',
    })
    browser.once('exit', () => arrivals.put({ answer: { error: 'Firefox has ended' }, ask: () => undefined }))
    const opened = new FirefoxPage(browser, arrivals, () => {
      server.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 10 })
    })
    await opened.#next()
    return opened
  }

  /** Has the page do a step, and gives what came of it. */
  async ask<Step extends keyof Steps>(step: Step): Promise<Awaited<ReturnType<Steps[Step]>>> {
    this.#page.ask({ step })
    return (await this.#next()) as Awaited<ReturnType<Steps[Step]>>
  }

  /** Loads the page again; `forced` as Shift and the button do, past the service worker. */
  async reload(how: 'usual' | 'forced' = 'usual'): Promise<void> {
    this.#page.ask({ reload: how })
    await this.#next()
  }

  async close(): Promise<void> {
    const ended = once(this.#browser, 'exit')
    if (this.#browser.exitCode === null && this.#browser.kill()) await ended
    this.#end()
  }

  async #next(): Promise<unknown> {
    this.#page = await this.#arrivals.next()
    const { answer } = this.#page
    if (answer !== null && 'error' in answer) throw new Error(answer.error)
    return answer?.value
  }
}

/** Pages as they arrive, one after another. */
class Arrivals {
  readonly #there: Waiting[] = []
  #wanted: ((page: Waiting) => void) | null = null

  put(page: Waiting): void {
    if (this.#wanted === null) this.#there.push(page)
    else this.#wanted(page)
    this.#wanted = null
  }

  next(): Promise<Waiting> {
    const first = this.#there.shift()
    return first ? Promise.resolve(first) : new Promise((resolve) => (this.#wanted = resolve))
  }
}

type AnswerOf = (name: string, request: IncomingMessage, response: ServerResponse) => boolean

/** What differs from the files of the site: the script in the page, what it is asked, and the compute worker's beginning. */
async function answers(arrivals: Arrivals, processors: number): Promise<AnswerOf> {
  const entry = (await buildEntry('firefox.entry.ts')).get('entry.js') ?? ''
  const page = readFileSync('dist/index.html', 'utf8').replace(
    '</body>',
    '<script type="module" src="entry.js"></script>$&',
  )
  const script = { 'content-type': 'text/javascript' }
  return (name, request, response) => {
    if (name === 'step') {
      void text(request).then((said) =>
        arrivals.put({ answer: JSON.parse(said) as Answer, ask: (asked) => response.end(JSON.stringify(asked)) }),
      )
    } else if (name === '' || name === 'index.html') response.writeHead(200, { 'content-type': 'text/html' }).end(page)
    else if (name === 'entry.js') response.writeHead(200, script).end(entry)
    else if (/^assets\/compute\.worker-.*\.js$/.test(name)) {
      response.writeHead(200, script).end(before(processors) + readFileSync(join('dist', name), 'utf8'))
    } else if (name.startsWith('network/')) {
      response.writeHead(200).end(readFileSync(join('src/compute/fixtures/cuts', name.slice('network/'.length))))
    } else return false
    return true
  }
}
