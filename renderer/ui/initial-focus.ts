/** A ref for the element that a modal dialog focuses when it opens: showModal() looks for this attribute. */
export function initialFocus(element: HTMLElement | null): void {
  element?.setAttribute('autofocus', '');
}
