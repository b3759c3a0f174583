using System.ClientModel;
using Microsoft.Extensions.AI;
using OpenAI;
using Orchestrator.Client;
using Orchestrator.Samples.Agent;

// The planner is any model that calls tools and speaks OpenAI's API, here or elsewhere.
static string Setting(string name, string otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : otherwise;
static Uri Address(string name, string otherwise) => Uri.TryCreate(Setting(name, otherwise), UriKind.Absolute, out var address) && address.Scheme.StartsWith("http", StringComparison.Ordinal)
    ? address : throw new UriFormatException($"{name} is '{Setting(name, otherwise)}'; it must be a whole address, such as {otherwise}.");
try
{
    var planner = new OpenAIClient(new ApiKeyCredential(Setting("PLANNER_API_KEY", "none")), new OpenAIClientOptions { Endpoint = Address("PLANNER_URL", "https://api.openai.com/v1") })
        .GetChatClient(Setting("PLANNER_MODEL", "gpt-5-mini")).AsIChatClient();
    using var experts = new OrchestratorPlugin(new OrchestratorClientOptions { Endpoint = Address("ORCHESTRATOR_URL", "http://127.0.0.1:8080") });
    await ConsoleAgent.RunAsync(planner, experts, Console.In, Console.Out);
    return 0;
}
catch (Exception failure)
{
    Console.Error.WriteLine($"{(failure is ArgumentException or UriFormatException ? "" : "The planner does not answer: ")}{failure.Message.ReplaceLineEndings(" ")}");
    return 1;
}
