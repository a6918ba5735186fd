import { createElement, Suspense, use, useState, type ComponentType, type ReactNode } from 'react'
import { lazyModule } from '../../lazy-module'
import { Boundary } from './Boundary'
import type { FailureProps } from './Failure'

/**
 * A component that is fetched when it is first shown. Where it cannot be fetched, or fails, that is told in its place or in a
 * dialog, and trying again fetches it again.
 */
export function lazyPart<Props extends object>(
  what: string,
  look: FailureProps['look'],
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props & { readonly onClose?: () => void }> {
  const part = lazyModule(what, load)
  return function LazyPart(props) {
    const [loading, setLoading] = useState(part)
    return (
      <Boundary what={what} look={look} onRetry={() => setLoading(part())} onClose={props.onClose}>
        <Suspense>
          <Loaded from={loading} props={props} />
        </Suspense>
      </Boundary>
    )
  }
}

interface LoadedProps<Props> {
  readonly from: Promise<ComponentType<Props>>
  readonly props: Props
}

function Loaded<Props extends object>({ from, props }: LoadedProps<Props>): ReactNode {
  return createElement(use(from), props)
}
