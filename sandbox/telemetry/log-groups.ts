/** The group that the containers of an endpoint log to. */
export function endpointGroup(endpoint: string): string {
  return `/aws/sagemaker/Endpoints/${endpoint}`;
}

/** The group that the containers of an inference component log to. */
export function componentGroup(component: string): string {
  return `/aws/sagemaker/InferenceComponents/${component}`;
}
