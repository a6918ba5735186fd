import { create } from 'zustand'
import type { IntakeChoices, IntakePlan, Listing } from '../../images/intake/types'
import { attempt } from '../page/notices'
import { imageWorker } from '../workers/workers'

/** Dropped files with a plan of how they are taken in. */
export interface Planned {
  readonly listing: Listing
  /** The bytes of each picture of the listing. */
  readonly blobs: readonly Blob[]
  readonly choices: IntakeChoices
  readonly plan: IntakePlan
}

export interface Asked extends Planned {
  /** The choices that `plan` is for: others until it is worked out for those that are shown. */
  readonly plannedFor: IntakeChoices
  readonly take: (planned: Planned) => void
}

/** A plan that waits for the user to choose. */
export const usePlanAsked = create<{ readonly asked: Asked | null }>(() => ({ asked: null }))

/** Shows a plan; `take` gets it as the user leaves it, unless that is not at all. */
export function askPlan(planned: Planned, take: (planned: Planned) => void): void {
  usePlanAsked.setState({ asked: { ...planned, plannedFor: planned.choices, take } })
}

/** Plans again with other choices. */
export function choosePlan(change: IntakeChoices): void {
  const { asked } = usePlanAsked.getState()
  if (!asked) return
  const choices = { ...asked.choices, ...change }
  usePlanAsked.setState({ asked: { ...asked, choices } })
  attempt(async () => {
    const plan = await imageWorker().planAgain(asked.listing, choices)
    // Something else may have been chosen since, or the question been left.
    const now = usePlanAsked.getState().asked
    if (now?.choices === choices) usePlanAsked.setState({ asked: { ...now, plan, plannedFor: choices } })
  })
}

/** Takes in what was asked about, as it was chosen. */
export function takePlanned(): void {
  const { asked } = usePlanAsked.getState()
  leavePlanned()
  asked?.take(asked)
}

/** Takes nothing in. */
export const leavePlanned = (): void => usePlanAsked.setState({ asked: null })
