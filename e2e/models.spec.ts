import { expect, test } from '@playwright/test'
import { join } from 'node:path'
import { hasShared, noShared, shared } from './support/data'
import { untilOpen } from './support/network'
import { openPage } from './support/page'

for (const name of ['posenet', 'movenet-lightning', 'facemesh-attention']) {
  test(`${name}: every inferred shape is what running it gives, and every tensor that can be cut runs`, async ({
    page,
  }) => {
    test.skip(!hasShared, noShared)
    test.setTimeout(300_000)
    await openPage(page)
    const folder = join(shared, 'models/tfjs')
    await page
      .locator('input[type=file][multiple]')
      .first()
      .setInputFiles([join(folder, `${name}.json`), join(folder, `${name}.bin`)])
    await untilOpen(page)

    const { checked, wrong, cuts, unknown } = await page.evaluate(async () => {
      const { cutpoint } = window
      const tensors = await cutpoint.tensors()
      const [input] = tensors.filter((tensor) => tensor.op === 'Placeholder')
      const wanted = tensors.filter((tensor) => !['Const', 'Placeholder'].includes(tensor.op))
      const runWith = (batch: number) => {
        const shape = (input.shape ?? []).map((size) => size ?? batch)
        const bytes = Float32Array.from(
          { length: shape.reduce((a, b) => a * b, 1) },
          (_, i) => ((i * 2654435761) >>> 16) % 256,
        )
        const data = input.dtype === 'int32' ? Int32Array.from(bytes) : bytes.map((value) => value / 127.5 - 1)
        return cutpoint.run(
          { [input.name]: { shape, dtype: input.dtype, data } },
          wanted.map((tensor) => tensor.name),
        )
      }
      const one = await runWith(1)
      const two = input.shape?.[0] === null ? await runWith(2) : one
      // A size that was inferred is what it runs as, whatever the batch; one that was not is one that the batch changes.
      const differs = wanted.filter((tensor) => {
        const [first, second] = [one[tensor.name], two[tensor.name]]
        const sameSize = (size: number | null, i: number): boolean =>
          size === null ? first.shape[i] !== second.shape[i] : size === first.shape[i] && size === second.shape[i]
        const same = tensor.shape?.length === first.shape.length && tensor.shape.every(sameSize)
        return !same || tensor.dtype !== first.dtype
      })
      return {
        checked: wanted.length,
        unknown: wanted.filter((tensor) => tensor.shape === null).length,
        wrong: differs.map(
          (tensor) =>
            `${tensor.name}: ${JSON.stringify(tensor.shape)} ${tensor.dtype}, ran as ${JSON.stringify(one[tensor.name].shape)} ${one[tensor.name].dtype}`,
        ),
        cuts: wanted.filter((tensor) => tensor.canCut).map((tensor) => tensor.name),
      }
    })
    expect(wrong).toEqual([])
    expect(unknown).toBe(0)

    // Running as a cut means more: the trunk alone, its batch freed, two pictures at once, pooled to one row each.
    const failed = await page.evaluate(async (names) => {
      const { cutpoint } = window
      const picture = (hue: number): Promise<Blob> => {
        const canvas = new OffscreenCanvas(64, 64)
        const context = canvas.getContext('2d')
        if (!context) throw new Error('no canvas')
        for (let x = 0; x < 64; x += 8) {
          context.fillStyle = `hsl(${hue + x * 3} 80% ${30 + x / 2}%)`
          context.fillRect(x, 0, 8, 64)
        }
        return canvas.convertToBlob()
      }
      await cutpoint.addImages('a', [await picture(0), await picture(140)])
      const problems: string[] = []
      for (const tensor of names) {
        try {
          const { featureLength } = await cutpoint.cut(tensor)
          const { shape, data } = await cutpoint.features()
          const right = shape[0] === 2 && shape[1] === featureLength && data.every((value) => Number.isFinite(value))
          if (!right) problems.push(`${tensor}: features ${JSON.stringify(shape)}, expected 2 × ${featureLength}`)
        } catch (error) {
          problems.push(`${tensor}: ${String(error)}`)
        }
      }
      return problems
    }, cuts)
    console.log(`${name}: ${checked} tensors as inferred, ${cuts.length} cuts run`)
    expect(cuts.length).toBeGreaterThan(5)
    expect(failed).toEqual([])
  })
}
