import { describe, expect, it } from 'vitest'
import { decodeName, guessEncoding } from './zip-names'

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))

describe('guessEncoding', () => {
  // Made by Python: '帽子/0.jpg'.encode('cp932').hex()
  it.each<[string, string[], string[]]>([
    ['shift_jis', ['帽子/0.jpg', '靴ソ/1.jpg'], ['96588e712f302e6a7067', '8c43835c2f312e6a7067']],
    ['shift_jis', ['猫/1.jpg', '犬/2.jpg'], ['944c2f312e6a7067', '8ca22f322e6a7067']],
    ['shift_jis', ['ネコ/写真1.jpg'], ['836c83522f8eca905e312e6a7067']],
    ['shift_jis', ['表示/1.jpg', '能力/2.jpg'], ['955c8ea62f312e6a7067', '945c97cd2f322e6a7067']],
    ['gbk', ['猫/1.jpg', '狗/2.jpg'], ['c3a82f312e6a7067', 'b9b72f322e6a7067']],
    ['gbk', ['帽子/图片1.jpg', '鞋/图片2.jpg'], ['c3b1d7d32fcdbcc6ac312e6a7067', 'd0ac2fcdbcc6ac322e6a7067']],
    [
      'gbk',
      ['苹果/1.jpg', '香蕉/2.jpg', '橙子/3.jpg'],
      ['c6bbb9fb2f312e6a7067', 'cfe3bdb62f322e6a7067', 'b3c8d7d32f332e6a7067'],
    ],
    ['big5', ['貓/照片.jpg', '狗/照片.jpg'], ['bfdf2fb7d3a4f92e6a7067', 'aaaf2fb7d3a4f92e6a7067']],
    [
      'big5',
      ['帽子/圖片.jpg', '鞋子/圖片.jpg', '蘋果/圖片.jpg'],
      ['b455a46c2fb9cfa4f92e6a7067', 'be63a46c2fb9cfa4f92e6a7067', 'c4abaa472fb9cfa4f92e6a7067'],
    ],
    ['euc-kr', ['고양이/1.jpg', '강아지/2.jpg'], ['b0edbee7c0cc2f312e6a7067', 'b0adbec6c1f62f322e6a7067']],
    ['euc-kr', ['사과/사진.jpg', '바나나/사진.jpg'], ['bbe7b0fa2fbbe7c1f82e6a7067', 'b9d9b3aab3aa2fbbe7c1f82e6a7067']],
    ['ibm866', ['Кошка/1.jpg', 'Собака/2.jpg'], ['8aaee8aaa02f312e6a7067', '91aea1a0aaa02f322e6a7067']],
    ['ibm866', ['яблоко/1.jpg'], ['efa1abaeaaae2f312e6a7067']],
    ['windows-1251', ['Кошка/1.jpg', 'Собака/2.jpg'], ['caeef8eae02f312e6a7067', 'd1eee1e0eae02f322e6a7067']],
    ['cp437', ['Äpfel/1.jpg', 'Bäume/2.jpg'], ['8e7066656c2f312e6a7067', '4284756d652f322e6a7067']],
    ['cp437', ['Café/été.jpg'], ['436166822f8274822e6a7067']],
    ['cp437', ['Björk/1.jpg'], ['426a94726b2f312e6a7067']],
    ['cp437', ['Müller/1.jpg', 'niño/2.jpg'], ['4d816c6c65722f312e6a7067', '6e69a46f2f322e6a7067']],
    ['windows-1252', ['Äpfel/1.jpg', 'Bäume/2.jpg'], ['c47066656c2f312e6a7067', '42e4756d652f322e6a7067']],
    ['windows-1252', ['Café/été.jpg'], ['436166e92fe974e92e6a7067']],
  ])('tells %s by %j', (encoding, names, hex) => {
    const raw = hex.map(bytesOf)
    const { encodings } = guessEncoding(raw)
    expect(encodings[0]).toBe(encoding)
    expect(raw.map((name) => decodeName(name, encodings[0]))).toEqual(names)
  })

  it('takes UTF-8 wherever it is valid', () => {
    const names = ['帽子/0.jpg', 'Café/été.jpg', 'Кошка.jpg'].map((name) => new TextEncoder().encode(name))
    expect(guessEncoding(names)).toEqual({ encodings: ['utf-8'], unsure: false })
  })

  it('goes by all names together, and offers no encoding in which one cannot be read', () => {
    // Two signs that Chinese and Japanese share in bytes, then one that is Japanese only.
    const { encodings } = guessEncoding(['b0a1', '82cd82c882d4a5'].map(bytesOf))
    for (const encoding of encodings) {
      for (const name of ['b0a1', '82cd82c882d4a5']) expect(decodeName(bytesOf(name), encoding)).not.toBeNull()
    }
  })

  it('says when it is not sure', () => {
    // 猫 and 狗 in GBK are hangul in EUC-KR, too.
    expect(guessEncoding(['c3a8', 'b9b7'].map(bytesOf)).unsure).toBe(true)
    expect(guessEncoding(['9658 8e71', '8c43 835c'].map((hex) => bytesOf(hex.replace(' ', '')))).unsure).toBe(false)
  })
})
