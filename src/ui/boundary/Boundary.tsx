import { Component, type ReactNode } from 'react'
import { Failure, type FailureProps } from './Failure'

interface BoundaryProps extends Omit<FailureProps, 'error' | 'onRetry'> {
  /** What fails is shown again by itself once this changes. */
  readonly resetKey?: unknown
  /** Called before it is tried again. */
  readonly onRetry?: () => void
  readonly children: ReactNode
}

interface BoundaryState {
  readonly error: unknown
  readonly failed: boolean
  readonly putAway: boolean
}

const well: BoundaryState = { error: null, failed: false, putAway: false }

/** Keeps what fails inside it from taking the rest of the page along: it is told in its place, and can be tried again. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override readonly state = well

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error, failed: true, putAway: false }
  }

  override componentDidUpdate(before: BoundaryProps): void {
    if (this.state.failed && before.resetKey !== this.props.resetKey) this.setState(well)
  }

  readonly #retry = (): void => {
    this.props.onRetry?.()
    this.setState(well)
  }

  readonly #putAway = (): void => {
    this.setState({ putAway: true })
    this.props.onClose?.()
  }

  override render(): ReactNode {
    const { what, look, station, children } = this.props
    const { error, failed, putAway } = this.state
    if (!failed) return children
    if (putAway) return null
    return (
      <Failure
        what={what}
        look={look}
        station={station}
        error={error}
        onRetry={this.#retry}
        {...(look === 'dialog' ? { onClose: this.#putAway } : {})}
      />
    )
  }
}
