import { lazy, Suspense, type ComponentProps, type ReactNode } from 'react'
import type { Curves } from './Curves'

const Loaded = lazy(() => import('./Curves').then((module) => ({ default: module.Curves })))

/** The curves; what draws them is only fetched where there are some. */
export function LazyCurves(props: ComponentProps<typeof Curves>): ReactNode {
  return (
    <Suspense>
      <Loaded {...props} />
    </Suspense>
  )
}
