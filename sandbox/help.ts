/** What `--help` prints. */
export const HELP = `sandbox: a local server that speaks Amazon SageMaker's protocols

  --port N        port to listen on (default 4580; 0 takes a free one)   SANDBOX_PORT
  --host HOST     address to listen on (default 127.0.0.1)               SANDBOX_HOST
                  whoever reaches it can do everything: keep it local
  --clock SCALE   seconds of a real account that pass in one second      SANDBOX_CLOCK
                  (default 60; 1 is real time, 0 settles at once)
  --state FOLDER  where everything is remembered                         SANDBOX_STATE
                  (default .sagescope/sandbox)
  --fresh         forget what was remembered
  --seed N        seed of everything that is left to chance, a whole     SANDBOX_SEED
                  number (default: another one at each start)
  --engine WHAT   what answers the prompts (default demo)                SANDBOX_ENGINE
                    demo                  the demonstration model
                    gguf:PATH             a language model in a GGUF file
                    openai:URL            an OpenAI-compatible server with log probabilities (vLLM,
                    openai:URL#MODEL      llama.cpp), and which of its models; the first if none is named
                    lmi:URL               an LMI container: POST URL/invocations, or the path that URL names
  --parent PID    end when this process ends
  --help          this text

A flag wins over its variable. The variable LMI_SANDBOX_ENGINE in a model's environment, with the same words as
--engine, chooses the engine of that model's endpoints alone. Addresses may be any http:// or https:// address:
whoever creates a model decides where its prompts go.

What shall go wrong, for free: LMI_SANDBOX_FAULT in a model's environment, or POST /_sandbox/faults with
{"fault": "throttled", "operation": "DescribeEndpoint", "times": 3} or {"fault": "stall", "endpoint": "chat"}.
GET /_sandbox/faults lists all names; sandbox/README.md says what they do.

  npm run sandbox -- --port 4566 --clock 60 --seed 7 --engine openai:http://127.0.0.1:8000/v1
`;
