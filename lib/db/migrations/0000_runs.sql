CREATE TABLE "run_lines" (
	"run_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"lines" text NOT NULL,
	CONSTRAINT "run_lines_run_id_sequence_pk" PRIMARY KEY("run_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"endpoint_name" text NOT NULL,
	"connection" json NOT NULL,
	"container" json,
	"request" json NOT NULL,
	"prompt_text" text NOT NULL,
	"status" text NOT NULL,
	"finish_reason" json,
	"failure" json,
	"generated_text" text DEFAULT '' NOT NULL,
	"tokens" integer DEFAULT 0 NOT NULL,
	"requests" integer DEFAULT 0 NOT NULL,
	"elapsed_ms" double precision,
	"first_token_ms" double precision,
	"confidence" double precision,
	"starred" boolean DEFAULT false NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"notes" text DEFAULT '' NOT NULL,
	"parent_id" text,
	"origin" json
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "templates_name_unique" UNIQUE("name")
);
--> statement-breakpoint
ALTER TABLE "run_lines" ADD CONSTRAINT "run_lines_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "runs_newest" ON "runs" USING btree ("created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "runs_parent" ON "runs" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "runs_tags" ON "runs" USING gin ("tags");