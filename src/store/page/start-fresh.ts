import { create } from 'zustand'

/** Whether the user is being asked to delete everything that is kept. */
export const useStartFresh = create<{ readonly asking: boolean }>(() => ({ asking: false }))

/** Asks whether to delete everything that is kept. */
export const askStartFresh = (): void => useStartFresh.setState({ asking: true })

/** Ends the question, whatever the answer. */
export const answerStartFresh = (): void => useStartFresh.setState({ asking: false })
