import { useId, useRef, type ReactNode } from 'react'
import { collectInput, type PickedFile } from '../../images/drop'
import { attempt } from '../../store/page/notices'
import { Button } from './Button'

interface FilePickerProps {
  readonly children?: ReactNode
  /** Picks a whole folder instead of files. */
  readonly folder?: boolean
  readonly multiple?: boolean
  readonly accept?: string
  readonly look?: 'primary' | 'plain' | 'quiet'
  readonly icon?: ReactNode
  readonly label?: string
  readonly className?: string
  readonly onPick: (files: PickedFile[]) => void
}

/** A button that opens the system's file dialog. */
export function FilePicker({
  children,
  folder,
  multiple = true,
  accept,
  look,
  icon,
  label,
  className,
  onPick,
}: FilePickerProps): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  return (
    <>
      <Button
        look={look ?? 'plain'}
        icon={icon}
        className={className}
        aria-label={label}
        title={label}
        onClick={() => input.current?.click()}
      >
        {children}
      </Button>
      <input
        ref={input}
        id={id}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        multiple={multiple}
        accept={accept}
        {...(folder ? { webkitdirectory: '' } : {})}
        onChange={(event) => {
          const { files } = event.target
          if (files) attempt(() => collectInput(files).then(onPick))
          event.target.value = ''
        }}
      />
    </>
  )
}
