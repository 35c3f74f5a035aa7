import type { JsonObject } from "../json.ts";

export type AlarmValue = "OK" | "ALARM" | "INSUFFICIENT_DATA";

export type AlarmState = {
  readonly value: AlarmValue;
  readonly reason: string;
  readonly reasonData?: string;
  /** When it was last looked at or set, and when it last became another; milliseconds. */
  readonly updatedAt: number;
  readonly transitionedAt: number;
};

/** An alarm with the state it was in when it was last evaluated. */
export type AlarmRecord = {
  readonly name: string;
  readonly arn: string;
  /** What PutMetricAlarm was given. */
  readonly input: JsonObject;
  readonly createdAt: number;
  readonly configuredAt: number;
  readonly isEnabled: boolean;
  readonly state: AlarmState;
  /** The last period that was evaluated ended here; milliseconds. */
  readonly evaluatedTo: number;
};

export type AlarmHistoryItem = {
  readonly at: number;
  readonly type: "ConfigurationUpdate" | "StateUpdate";
  readonly summary: string;
  readonly details: JsonObject;
};
