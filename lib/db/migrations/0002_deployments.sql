CREATE TABLE "deployments" (
	"id" text PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"endpoint_name" text NOT NULL,
	"region" text,
	"plan" json NOT NULL,
	"expires_at" text,
	"progress" json NOT NULL,
	"messages" json NOT NULL
);
--> statement-breakpoint
CREATE INDEX "deployments_newest" ON "deployments" USING btree ("created_at" DESC NULLS LAST,"id");