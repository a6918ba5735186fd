// Every network of families.py in every format, in the page and in TensorFlow. Writes docs/parity.md and docs/parity.json.
//   npm run parity                                  all that is not known yet
//   npm run parity -- --only VGG16,frozen           these networks, these formats; known or not
//   npm run parity -- --again                       all of them
// The models stay in .cache/parity/models (some 6 GB; `--tidy` deletes each after use), results in .cache/parity/cells.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv, env, exit } from 'node:process'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../chromium.mjs'
import { serve } from '../serve.mjs'
import { compareInPage } from './in-page.mjs'
import { parityPython } from './python.mjs'
import { markdown, worst } from './table.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const cache = join(root, '.cache/parity')
/** A cell that takes longer is given up, in milliseconds. */
const patience = 300_000

const families = [
  ...[
    'MobileNet',
    'MobileNetV2',
    'MobileNetV3Small',
    'MobileNetV3Large',
    'ResNet50',
    'ResNet50V2',
    'VGG16',
    'InceptionV3',
  ],
  ...[
    'InceptionResNetV2',
    'Xception',
    'DenseNet121',
    'NASNetMobile',
    'EfficientNetB0',
    'EfficientNetV2B0',
    'ConvNeXtTiny',
    'ViT',
  ],
]
const formats = ['frozen', 'saved-model', 'h5', 'keras', 'tfjs']
const paths = { frozen: 'frozen.pb', 'saved-model': 'saved-model', h5: 'model.h5', keras: 'model.keras', tfjs: 'tfjs' }

const { only, again, tidy } = options()
const wanted = families.filter((family) => matches(family, families))
const kinds = formats.filter((format) => matches(format, formats))
mkdirSync(join(cache, 'cells'), { recursive: true })
await fill()
report()

function options() {
  const at = argv.indexOf('--only')
  const only = at < 0 ? [] : (argv[at + 1] ?? '').split(',')
  const unknown = only.filter((name) => !families.includes(name) && !formats.includes(name))
  if (unknown.length > 0) {
    console.error(`Not known: ${unknown.join(', ')}. Networks: ${families.join(', ')}. Formats: ${formats.join(', ')}.`)
    exit(1)
  }
  return { only, again: at >= 0 || argv.includes('--again'), tidy: argv.includes('--tidy') }
}

/** Whether `--only` names it, or none of its kind. */
function matches(name, kind) {
  const named = only.filter((each) => kind.includes(each))
  return named.length === 0 || named.includes(name)
}

function cellFile(family, format) {
  return join(cache, 'cells', `${family}.${format}.json`)
}

async function fill() {
  const todo = wanted
    .map((family) => ({ family, formats: kinds.filter((kind) => again || !existsSync(cellFile(family, kind))) }))
    .filter((each) => each.formats.length > 0)
  if (todo.length === 0) return
  const server = await serveSite()
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: ['--no-sandbox'] })
  try {
    for (const each of todo) {
      const folder = made(each.family)
      const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))
      for (const format of each.formats) {
        const found = await cell(browser, server.url, folder, expected, format)
        const versions = { ...expected.versions, chromium: browser.version() }
        const whole = { family: each.family, format, versions, ...found }
        writeFileSync(cellFile(each.family, format), JSON.stringify(whole, null, 1))
        console.log(each.family, format, found.reason ?? `${worst(found.optimised)} / ${worst(found.plain)}`)
      }
      if (tidy) rmSync(folder, { recursive: true })
    }
  } finally {
    await browser.close()
    server.close()
  }
}

/** The built site; one that is there already can be named by CUTPOINT_DIST. */
async function serveSite() {
  const dist = env.CUTPOINT_DIST ?? join(cache, 'site')
  if (!env.CUTPOINT_DIST) await build({ root, logLevel: 'error', build: { outDir: dist, emptyOutDir: true } })
  return serve(dist, { isolated: true })
}

/** Folder of a network in all formats. */
function made(family) {
  const folder = join(cache, 'models', family)
  if (!existsSync(join(folder, 'expected.json'))) {
    const script = fileURLToPath(new URL('build.py', import.meta.url))
    console.log(`making ${family}`)
    execFileSync(parityPython(join(cache, 'venv')), [script, family, folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  return folder
}

async function cell(browser, url, folder, expected, format) {
  const missing = expected.missing[format]
  if (missing !== undefined) return { reason: `not made: ${missing}` }
  const context = await browser.newContext({ serviceWorkers: 'block' })
  try {
    const page = await context.newPage()
    await page.goto(url)
    await page.evaluate(() => window.cutpoint.ready)
    const path = join(folder, paths[format])
    await give(page, 'parity-model', path, format === 'saved-model' || format === 'tfjs')
    await give(page, 'parity-values', join(folder, 'values.bin'), false)
    const { input, tensors, cut } = expected
    const slow = new Promise((_, reject) => setTimeout(() => reject(new Error('took too long')), patience).unref())
    return await Promise.race([page.evaluate(compareInPage, { input, tensors, cut }), slow])
  } catch (error) {
    return { reason: String(error.message).split('\n')[0].replace('page.evaluate: ', '') }
  } finally {
    await context.close()
  }
}

/** Puts a file or a folder into a file field of the page's own, from which a script can take it. */
async function give(page, id, path, folder) {
  await page.evaluate(
    ({ id, folder }) => {
      const field = document.createElement('input')
      Object.assign(field, { type: 'file', id, multiple: !folder, webkitdirectory: folder })
      document.body.append(field)
    },
    { id, folder },
  )
  await page.locator(`#${id}`).setInputFiles(path)
}

function report() {
  const files = readdirSync(join(cache, 'cells'))
  const cells = files.map((file) => JSON.parse(readFileSync(join(cache, 'cells', file), 'utf8')))
  const { tensorflow, keras, chromium: browser } = cells.at(-1)?.versions ?? {}
  const versions = `TensorFlow ${tensorflow}, Keras ${keras}, Chromium ${browser}`
  writeFileSync(join(root, 'docs/parity.md'), markdown(families, formats, cells, versions))
  const numbers = cells.map(({ family, format, optimised, plain, fetches, cuts, reason }) => ({
    ...{ family, format, reason, tensors: fetches, cuts },
    ...(reason === undefined ? { optimised: optimised.differences, plain: plain.differences } : {}),
  }))
  writeFileSync(join(root, 'docs/parity.json'), `${JSON.stringify(numbers, null, 1)}\n`)
  console.log('written: docs/parity.md, docs/parity.json')
}
