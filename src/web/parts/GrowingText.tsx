import { Input } from 'antd';
import type { ComponentProps } from 'react';

/**
 * A text field as tall as its text, between two numbers of lines. By the stylesheet alone: the library's own way measures in an
 * element whose style it writes as markup, which the pages' policy refuses. An older browser shows `minRows` and scrolls.
 */
export function GrowingText({
  minRows,
  maxRows,
  style,
  ...rest
}: ComponentProps<typeof Input.TextArea> & { readonly minRows: number; readonly maxRows: number }) {
  const height = { minHeight: `calc(${minRows}lh + 10px)`, maxHeight: `calc(${maxRows}lh + 10px)` };
  return <Input.TextArea {...rest} rows={minRows} className="growing-text" style={{ ...height, ...style }} />;
}
