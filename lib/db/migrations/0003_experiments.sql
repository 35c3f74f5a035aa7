CREATE TABLE "experiments" (
	"id" text PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"spec" json NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "counted_tokens" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "joint_log_prob" double precision;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "mean_log_prob" double precision;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "bits_per_byte" double precision;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "experiment_id" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "experiment_cell" integer;--> statement-breakpoint
CREATE INDEX "experiments_newest" ON "experiments" USING btree ("created_at" DESC NULLS LAST,"id");--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_experiment_id_experiments_id_fk" FOREIGN KEY ("experiment_id") REFERENCES "public"."experiments"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "runs_experiment" ON "runs" USING btree ("experiment_id","experiment_cell");