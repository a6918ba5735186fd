/** Which drawings are used: the sets of drawings, and the drawings of each label. */

/**
 * `family`: sets whose drawings of one thing look alike, so that they count as one drawing when pictures are
 * divided into train and test. Fluent Emoji and Fluent Emoji Flat are the same drawings in two finishes;
 * Twemoji and FxEmoji differ, but many pairs only in detail.
 */
export const sets = [
  {
    id: 'noto',
    family: 'noto',
    project: 'Noto Emoji',
    by: 'Google Inc.',
    licence: 'Apache-2.0',
    licenceText: 'https://www.apache.org/licenses/LICENSE-2.0',
  },
  {
    id: 'twemoji',
    family: 'twemoji-fxemoji',
    project: 'Twemoji',
    by: 'Twitter, Inc. and other contributors',
    licence: 'CC-BY-4.0',
    licenceText: 'https://creativecommons.org/licenses/by/4.0/',
  },
  {
    id: 'fxemoji',
    family: 'twemoji-fxemoji',
    project: 'FxEmoji (Firefox OS Emoji)',
    by: 'Mozilla Foundation',
    // The package says Apache-2.0; the project's LICENSE.md gives that for its code and CC BY 4.0 for the design.
    licence: 'CC-BY-4.0',
    licenceInPackage: 'Apache-2.0',
    licenceText: 'https://creativecommons.org/licenses/by/4.0/',
  },
  {
    id: 'fluent-emoji',
    family: 'fluent',
    project: 'Fluent Emoji',
    by: 'Microsoft Corporation',
    licence: 'MIT',
    licenceText: 'https://github.com/microsoft/fluentui-emoji/blob/main/LICENSE',
  },
  {
    id: 'fluent-emoji-flat',
    family: 'fluent',
    project: 'Fluent Emoji Flat',
    by: 'Microsoft Corporation',
    licence: 'MIT',
    licenceText: 'https://github.com/microsoft/fluentui-emoji/blob/main/LICENSE',
  },
  {
    id: 'emojione',
    family: 'emojione',
    project: 'EmojiTwo (the open EmojiOne 2 drawings)',
    by: 'EmojiOne and EmojiTwo contributors',
    licence: 'CC-BY-4.0',
    licenceText: 'https://creativecommons.org/licenses/by/4.0/',
  },
]

/**
 * The drawings of a label, by name. Left out: whatever is another drawing in other colours or details (taxi and
 * police car beside automobile, ewe beside ram).
 */
export const labels = {
  animal: ['cat', 'cow', 'dog', 'elephant', 'goat', 'horse', 'pig', 'ram'],
  flower: ['blossom', 'bouquet', 'cherry-blossom', 'hibiscus', 'lotus', 'rose', 'sunflower', 'tulip'],
  sweet: ['birthday-cake', 'candy', 'cookie', 'doughnut', 'ice-cream', 'lollipop', 'shortcake', 'soft-ice-cream'],
  vehicle: [
    'ambulance',
    'automobile',
    'bus',
    'delivery-truck',
    'fire-engine',
    'oncoming-automobile',
    'racing-car',
    'tractor',
  ],
}

/** FxEmoji writes names without hyphens, and calls some things differently. */
export const otherNames = { 'racing-car': ['racecar'] }

/** Drawings with letters or figures on them, never mirrored. */
export const written = ['twemoji/racing-car', 'emojione/delivery-truck', 'emojione/bus', 'fxemoji/racing-car']

/** The MIT licence asks that its text goes with copies. */
export const MIT = `Copyright (c) Microsoft Corporation.

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`
