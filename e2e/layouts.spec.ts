import { expect, test, type Locator, type Page } from '@playwright/test'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { seriousProblems } from './support/accessibility'
import { noShared, shared } from './support/data'
import { dropPaths } from './support/drop'
import { dropLayout, expectLabels, partsByPath, zipOf } from './support/layouts'
import { pickSmallNetwork } from './support/network'
import { openPage } from './support/page'

/** Data sets as people have them, dropped as a person would. */
const question = (page: Page): Locator => page.getByRole('dialog', { name: 'How are these photos labelled?' })
const messages = (page: Page): Locator => page.getByLabel('Messages')

test.beforeEach(async ({ page }) => {
  await openPage(page)
  await pickSmallNetwork(page)
})

test('a folder a label, with an empty one and what tools leave behind', async ({ page }, info) => {
  await dropLayout(page, info, {
    'set/cats/1.jpg': null,
    'set/cats/2.jpg': null,
    'set/dogs/1.jpg': null,
    'set/birds/': null,
    'set/.DS_Store': 'x',
    'set/cats/Thumbs.db': 'x',
    'set/cats/.ipynb_checkpoints/1-checkpoint.jpg': null,
    'set/dogs/@eaDir/1.jpg/SYNOPHOTO_THUMB_M.jpg': null,
    'set/.Trash-1000/files/old.jpg': null,
    'set/__MACOSX/cats/._1.jpg': 'x',
    'set/$RECYCLE.BIN/x.jpg': null,
    'set/System Volume Information/y.jpg': null,
  })
  await expectLabels(page, { cats: 2, dogs: 1 })
  await expect(messages(page)).toContainText(/What tools keep in .*\.ipynb_checkpoints.* was left out\./)
  await expect(messages(page)).toContainText('set/birds The folder is empty.')
  await expect(question(page)).toHaveCount(0)
})

test('train, val and test pin the parts, which can be taken back', async ({ page }, info) => {
  const kinds = ['Train', 'Train', 'Train', 'val', 'TEST']
  const paths = kinds.flatMap((part, number) => ['a', 'b'].map((label) => `set/${part}/${label}/${number}.jpg`))
  await dropLayout(page, info, Object.fromEntries(paths.map((path) => [path, null])))
  await expectLabels(page, { a: 5, b: 5 })
  expect(await partsByPath(page)).toEqual(
    Object.fromEntries(
      paths.map((path) => [path, path.includes('Train') ? 'train' : path.includes('val') ? 'validation' : 'test']),
    ),
  )
  await expect(messages(page)).toContainText(
    'The folders Train, val, and TEST say the parts: 6 to train on, 2 for validation, and 2 for the test.',
  )
  await messages(page).getByRole('button', { name: 'Choose otherwise' }).click()
  await question(page)
    .getByRole('checkbox', { name: /^Keep the parts of the folders/ })
    .uncheck()
  await question(page).getByRole('button', { name: 'Take them in' }).click()
  await expect
    .poll(async () => Object.values(await partsByPath(page)).filter((part) => part === 'validation'))
    .toEqual([])
  await expectLabels(page, { a: 5, b: 5 })
  await page.getByRole('button', { name: 'Undo: choose otherwise' }).click()
  expect(Object.values(await partsByPath(page)).filter((part) => part === 'validation')).toHaveLength(2)
  await page.getByRole('button', { name: 'Undo: add 10 photos' }).click()
  await expectLabels(page, {})
})

test('train and test within each label', async ({ page }, info) => {
  await dropLayout(page, info, {
    'a/train/1.jpg': null,
    'a/test/2.jpg': null,
    'b/train/3.jpg': null,
    'b/test/4.jpg': null,
  })
  await expectLabels(page, { a: 2, b: 2 })
  expect(await partsByPath(page)).toEqual({
    'a/train/1.jpg': 'train',
    'a/test/2.jpg': 'test',
    'b/train/3.jpg': 'train',
    'b/test/4.jpg': 'test',
  })
})

test('one zip a class', async ({ page }, info) => {
  await dropLayout(page, info, {
    'hats.zip': await zipOf(['1.jpg', '2.jpg']),
    'shoes.zip': await zipOf(['3.jpg', 'x/4.jpg']),
  })
  await question(page)
    .or(page.getByRole('article', { name: 'Label hats' }))
    .first()
    .waitFor()
  await expectLabels(page, { hats: 2, shoes: 2 })
})

test('species below genera are never put together by their name alone', async ({ page }, info) => {
  await dropLayout(page, info, {
    'plants/Quercus/alba/1.jpg': null,
    'plants/Quercus/robur/2.jpg': null,
    'plants/Rosa/alba/3.jpg': null,
    'plants/Rosa/canina/4.jpg': null,
    'plants/list.csv': 'file,habit\n1.jpg,tree\n2.jpg,tree\n3.jpg,shrub\n4.jpg,shrub\n',
  })
  const dialog = question(page)
  await expect(dialog.getByRole('radio', { name: '4 labels: Quercus alba, Quercus robur, Rosa alba' })).toBeChecked()
  await expect(dialog).toContainText('4 photos in 4 labels will be taken in.')
  expect(await seriousProblems(page)).toEqual([])
  await dialog.getByRole('radio', { name: '2 labels: Quercus, Rosa' }).check()
  await expect(dialog).toContainText('4 photos in 2 labels will be taken in.')
  const column = dialog.getByRole('combobox', { name: 'In list.csv, the label is in' })
  await column.selectOption({ label: '“habit” (2 different values: tree, shrub)' })
  await expect(dialog).toContainText('Labels come from “habit” in list.csv')
  await expect(dialog.getByRole('radio')).toHaveCount(0)
  await column.selectOption({ label: 'none of them: leave the list out' })
  await dialog.getByRole('radio', { name: /^4 labels/ }).check()
  await dialog.getByRole('button', { name: 'Take them in' }).click()
  await expectLabels(page, { 'Quercus alba': 1, 'Quercus robur': 1, 'Rosa alba': 1, 'Rosa canina': 1 })
})

test('dates and cameras below labels are no labels, unless that is chosen', async ({ page }, info) => {
  await dropLayout(page, info, {
    'cat/2024-01/1.jpg': null,
    'cat/2024-02/2.jpg': null,
    'dog/2024-01/3.jpg': null,
    'dog/100CANON/4.jpg': null,
  })
  await expectLabels(page, { cat: 2, dog: 2 })
  await expect(messages(page)).toContainText('Labels are the folders cat and dog; other levels of folders are not.')
  await messages(page).getByRole('button', { name: 'Choose otherwise' }).click()
  await question(page).getByRole('radio', { name: '3 labels: 2024-01, 2024-02, 100CANON' }).check()
  await question(page).getByRole('button', { name: 'Leave them' }).click()
  await expectLabels(page, { cat: 2, dog: 2 })
})

test('folders of strange names', async ({ page }, info) => {
  const names = ['Quercus sp.', 'aux', 'why?', 'a:b', 'a\\b', 'dog ', '犬']
  await dropLayout(page, info, Object.fromEntries(names.map((name) => [`set/${name}/1.jpg`, null])))
  await expectLabels(page, Object.fromEntries(names.map((name) => [name.trim(), 1])))
})

test('a detection set is asked about, and gives no label of a folder', async ({ page }, info) => {
  const yolo = '0 0.5 0.5 0.25 0.25\n1 0.1 0.2 0.05 0.06\n'
  await dropLayout(page, info, {
    'set/images/train/1.jpg': null,
    'set/images/train/2.jpg': null,
    'set/images/val/3.jpg': null,
    'set/labels/train/1.txt': yolo,
    'set/labels/train/2.txt': yolo,
    'set/labels/val/3.txt': yolo,
    'set/data.yaml': 'train: images/train\nval: images/val\nnc: 2\nnames: [a, b]\n',
  })
  const dialog = page.getByRole('dialog', { name: 'This is an object-detection set' })
  await expect(dialog).toContainText('4 files of it (YOLO) say where things are in the pictures.')
  await dialog.getByRole('button', { name: 'Leave them' }).click()
  await expectLabels(page, {})

  await dropLayout(page, info, { 'voc/JPEGImages/1.jpg': null, 'voc/Annotations/1.xml': '<annotation>\n<object>' })
  await expect(dialog).toContainText('1 file of it (Pascal VOC)')
  await dialog.getByRole('button', { name: 'Take them in' }).click()
  await expectLabels(page, { Unsorted: 1 })
})

test('photos and folders mixed, a zip in a folder, and the same folder twice', async ({ page }, info) => {
  await dropLayout(page, info, {
    'dogs/a.zip': await zipOf(['1.jpg', '2.jpg']),
    'dogs/3.jpg': null,
    'cats/4.jpg': null,
  })
  await expectLabels(page, { dogs: 3, cats: 1 })
  await dropPaths(page, page.getByTestId('photo-drop'), [info.outputPath('dropped', 'cats')])
  await expectLabels(page, { dogs: 3, cats: 2 })
  await expect(page.getByRole('article', { name: 'Label cats' }).getByRole('button', { name: '1 copy' })).toBeVisible()
  await dropLayout(page, info, { 'loose.jpg': null, 'birds/5.jpg': null })
  await expectLabels(page, { dogs: 4, cats: 2, birds: 1 })
  await expect(messages(page)).toContainText('1 photo lies beside the folders of labels.')
})

test('names in a zip of an old Japanese tool', async ({ page }) => {
  const zip = join(shared, 'cases/shiftjis.zip')
  test.skip(!existsSync(zip), noShared)
  expect(readFileSync(zip).length).toBeGreaterThan(1000)
  await dropPaths(page, page.getByTestId('photo-drop'), [zip])
  await expectLabels(page, { 帽子: 6, 靴ソ: 6 })
  await expect(messages(page)).toContainText('The names in shiftjis.zip were read as Japanese (Shift_JIS).')
})
