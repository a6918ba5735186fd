import { Check, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { goToStation } from '../../store/page/page'
import { statusOf } from '../../store/page/step-status'
import { steps, type Step } from '../../steps'
import { useStore } from '../../store/state/state'
import { pageTexts } from '../../texts/page/page'
import styles from './Steps.module.css'

const texts = pageTexts.steps

/** The way in one line: what is done, what comes next; a click leads there. */
export function Steps(): ReactNode {
  return (
    <nav className={styles.steps} aria-label={texts.label}>
      <ol>
        {steps.map((step) => (
          <li key={step}>
            <StepButton step={step} />
          </li>
        ))}
      </ol>
    </nav>
  )
}

function StepButton({ step }: { readonly step: Step }): ReactNode {
  const status = useStore((state) => statusOf(step, state))
  return (
    <button
      type="button"
      data-status={status}
      aria-current={status === 'next' ? 'step' : undefined}
      onClick={() => goToStation(step)}
    >
      <StepMark step={step} />
      {texts[step]}
      <span className="visually-hidden">, {texts.status[status]}</span>
    </button>
  )
}

/** A dot that shows where a step stands, for the eye alone. */
export function StepMark({ step }: { readonly step: Step }): ReactNode {
  const status = useStore((state) => statusOf(step, state))
  return (
    <span className={styles.mark} data-status={status} aria-hidden>
      {status === 'done' && <Check size={11} strokeWidth={3} />}
      {status === 'again' && <RotateCw size={10} strokeWidth={3} />}
    </span>
  )
}
