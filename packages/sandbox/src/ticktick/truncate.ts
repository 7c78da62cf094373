/** At most that many characters; an emoji is not torn apart. */
export function truncate(text: string, length: number): string {
  return [...text].slice(0, length).join('');
}
