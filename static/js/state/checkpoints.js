// What makes a training's checkpoint a network that one can look at.

/** Whether its weights are numbers. @param {{validation_loss: number | null}} checkpoint */
export const isSound = ({ validation_loss: loss }) => loss !== null;
