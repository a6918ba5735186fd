import { useEffect, useRef, type ReactNode } from 'react'
import type { KernelPictures } from '../../types'
import styles from './Kernels.module.css'

/** Pixels of the screen that a kernel's longer side takes at least. */
const leastSize = 28

/** The kernels of a convolution on pictures, as pictures. */
export function Kernels({ kernels }: { readonly kernels: KernelPictures }): ReactNode {
  const { width, height, total, pictures } = kernels
  const zoom = Math.max(1, Math.ceil(leastSize / Math.max(width, height)))
  return (
    <div
      role="img"
      aria-label={`${total} kernels of ${height} × ${width} pixels, in the colours they respond to`}
      className={styles.kernels}
    >
      {pictures.map((pixels, kernel) => (
        <Kernel key={kernel} pixels={pixels} width={width} height={height} zoom={zoom} number={kernel} />
      ))}
    </div>
  )
}

interface KernelProps {
  readonly pixels: Uint8ClampedArray
  readonly width: number
  readonly height: number
  readonly zoom: number
  readonly number: number
}

function Kernel({ pixels, width, height, zoom, number }: KernelProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const image = new ImageData(width, height)
    image.data.set(pixels)
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0)
  }, [pixels, width, height])
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      style={{ width: width * zoom, height: height * zoom }}
      title={`Kernel ${number}`}
    />
  )
}
