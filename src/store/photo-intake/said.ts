import { intakeTexts } from '../../texts/photos/intake'
import type { Planned } from './plan-asked'

/** Pairs of folders with nearly the same name that are told. */
const mostNear = 3

/** What is worth saying of how photos were taken in, and whether the user could have chosen otherwise. */
export function saidOf({ listing, plan, choices }: Planned): {
  readonly lines: readonly string[]
  readonly canChange: boolean
} {
  const { said } = intakeTexts
  const { parts, loose, levels, level, boxes, near } = plan
  const chosenLevel = levels.find(({ depths }) => depths.join() === level.join())
  const chosen = [
    ...(parts?.used ? [said.parts(parts.names, parts.photos)] : []),
    ...(parts && !parts.used && choices.parts === undefined ? [said.partAlone(parts.names)] : []),
    ...(chosenLevel && levels.some((option) => option !== chosenLevel && option.labels > 1)
      ? [said.level(chosenLevel.examples.map(({ label }) => label))]
      : []),
    ...(loose?.taken ? [said.loose(loose.photos)] : []),
    ...listing.archives.map(({ path, encodings }) => said.encoding(path, choices.encodings?.[path] ?? encodings[0])),
  ]
  // Single files, such as `.DS_Store`, are everywhere, and nobody misses them.
  const folders = listing.leftByTools.filter(({ folder }) => folder).map(({ name }) => name)
  const formats = [...new Set(listing.annotations.map(({ format }) => format))]
  const lines = [
    ...chosen,
    ...near.joined.map(({ label, names }) => said.joined(label, names)).slice(0, mostNear),
    ...near.apart.map((labels) => said.apart(labels)).slice(0, mostNear),
    ...(folders.length > 0 ? [said.tools(folders)] : []),
    ...(formats.length > 0 && !boxes ? [said.annotations(formats, listing.annotations.length)] : []),
  ]
  return { lines, canChange: chosen.length > 0 }
}
