/**
 * The heat scale for pictures that leave the page, least sure band first: the hexadecimal values of
 * `app/globals.css`, measured on their surfaces for contrast and for colour-blind readers.
 */
export const HEAT_COLOURS = {
  light: {
    bands: ["#e0620d", "#f3842d", "#fba657", "#fdc88f", "#fee8cf", "#ffffff"],
    ink: "#18181b",
    surface: "#ffffff",
  },
  dark: {
    bands: ["#a04e16", "#7f4015", "#633415", "#472915", "#2b1d15", "#0f1115"],
    ink: "#fafafa",
    surface: "#0f1115",
  },
} as const;

export type HeatTheme = keyof typeof HEAT_COLOURS;

/** The second cue of a band, so that colour is never the only one; null where a band has none. */
export const BAND_LINES = ["double", "dashed", "dotted", null, null, null] as const;
