import { X } from 'lucide-react'
import { Fragment, useEffect, useRef, type ReactNode } from 'react'
import { keyLines, keyListPlaces } from '../../actions'
import { shownKeys } from '../../actions/keys'
import { setKeysOpen } from '../../store/page/page'
import { actionTexts } from '../../texts/page/actions'
import { helpTexts } from '../../texts/page/help'
import { Button } from '../common/Button'
import styles from './Help.module.css'

const texts = helpTexts.keys

/** All keys that do something, in one list. Open as long as it is there. */
export function KeysDialog(): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={styles.keys}
      aria-labelledby="keys-title"
      onClose={() => setKeysOpen(false)}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close()
      }}
    >
      <div className={styles.title}>
        <h2 id="keys-title">{texts.title}</h2>
        <Button
          look="quiet"
          aria-label={texts.close}
          icon={<X size={17} aria-hidden />}
          onClick={() => dialog.current?.close()}
        />
      </div>
      <div className={styles.groups}>
        {keyListPlaces.map((place) => (
          <section key={place} aria-label={actionTexts.places[place]}>
            <h3>{actionTexts.places[place]}</h3>
            <dl>
              {keyLines(place).map(({ keys, help }) => (
                <Fragment key={help}>
                  <dt>
                    <kbd>{shownKeys(...keys)}</kbd>
                  </dt>
                  <dd>{help}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  )
}
