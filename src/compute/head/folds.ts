import type { TrainingRows } from './training-rows'

/**
 * The fold, of so many, in which each row is held out: what belongs together is in one, and each label's photos are dealt
 * evenly. A label all of whose rows belong together is in none (-1), since nothing of it would be left to train on.
 */
export function foldsOf({ classes, units }: Pick<TrainingRows, 'classes' | 'units'>, folds: number): Int32Array {
  const unitsOf = new Map<number, Set<number>>()
  for (const [row, label] of classes.entries()) {
    const own = unitsOf.get(label) ?? new Set()
    unitsOf.set(label, own.add(units[row]))
  }
  const foldOf = new Map<number, number>()
  let next = 0
  for (const own of unitsOf.values()) {
    const isAlone = own.size < 2
    for (const unit of own)
      foldOf.set(unit, isAlone || foldOf.get(unit) === -1 ? -1 : (foldOf.get(unit) ?? next++ % folds))
  }
  return units.map((unit) => foldOf.get(unit) ?? -1)
}
