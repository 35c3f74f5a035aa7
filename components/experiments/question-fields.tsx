import { ChatFields } from "#components/conversation/chat-fields.tsx";
import { AutoContinue } from "#components/playground/auto-continue.tsx";
import { EndpointPicker } from "#components/playground/endpoint-picker.tsx";
import { ParameterForm } from "#components/playground/parameter-form.tsx";
import { PromptVariables } from "#components/playground/prompt-variables.tsx";
import { RequestFormatFields } from "#components/playground/request-format-fields.tsx";
import { Field, TextArea } from "#components/ui/field.tsx";
import type { QuestionForm } from "./use-question-form.ts";

/** Whom to ask. */
export function EndpointField({ question, label }: { question: QuestionForm; label?: string }) {
  return (
    <EndpointPicker
      {...(label === undefined ? {} : { label })}
      value={question.endpoint}
      onChange={(endpoint) => {
        question.setFailures([]);
        question.setAddress({ endpoint });
      }}
      problem={question.problemOf("endpointName")}
    />
  );
}

/** The words that are asked. */
export function WordFields({ question, placeholder }: { question: QuestionForm; placeholder: string }) {
  const { words, address, isChat, problemOf } = question;
  return (
    <>
      {isChat ? (
        <ChatFields
          system={words.system}
          onSystem={words.setSystem}
          plainText={address.plain}
          onPlainText={(plain) => question.setAddress({ plain })}
          acceptsMessages={question.acceptsMessages}
        />
      ) : null}
      <Field label={isChat ? "Message" : "Prompt"} problem={problemOf("prompt")}>
        {(ids) => (
          <TextArea
            {...ids}
            className="h-36 min-h-28 resize-y"
            placeholder={placeholder}
            value={words.prompt}
            onChange={({ target }) => {
              question.setFailures([]);
              words.setPrompt(target.value);
            }}
          />
        )}
      </Field>
      <PromptVariables
        prompt={words.prompt}
        values={words.variables}
        onChange={words.setVariables}
        problem={problemOf("variables")}
      />
    </>
  );
}

/** How to generate. */
export function ParameterFields({ question }: { question: QuestionForm }) {
  const { address, parameters, format, failures, manner, choice, problemOf } = question;
  return (
    <>
      <ParameterForm
        draft={parameters}
        onChange={(changed) => {
          question.setFailures([]);
          question.setParameters({ parameters: changed });
        }}
        failures={failures}
        manner={manner}
      />
      <RequestFormatFields
        format={format}
        onChange={(changed) => question.setParameters({ format: changed })}
        choice={choice}
        problem={problemOf("extraParameters") ?? problemOf("dialect")}
      />
      <AutoContinue
        draft={{ on: address.auto, maxRequests: address.maxRequests, maxTokens: address.maxTokens }}
        onChange={({ on, ...limits }) => {
          question.setFailures([]);
          question.setAddress({ auto: on, ...limits });
        }}
      />
    </>
  );
}
