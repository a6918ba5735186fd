import { X } from 'lucide-react'
import { Fragment, useEffect, useRef, type ReactNode } from 'react'
import { setKeysOpen } from '../../store/page/page'
import { helpTexts } from '../../texts/page/help'
import { Button } from '../common/Button'
import { commandKey } from '../common/keys'
import styles from './Help.module.css'

const texts = helpTexts.keys
const asHere = (keys: string): string => keys.replaceAll('Ctrl+', commandKey)

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
        {texts.groups.map(({ title, keys }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, what]) => (
                <Fragment key={key}>
                  <dt>
                    <kbd>{asHere(key)}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  )
}
