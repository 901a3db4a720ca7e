/** Associated data of an answer that is kept for a repeated request: its row's own key. */
export const answerPlace = (actor: string, key: string): string => `idempotent_request.answer.${actor}.${key}`;
