using System.Text.Json;
using Microsoft.Extensions.AI;
using Orchestrator.Client.Plugin.Parameters;
using Orchestrator.Client.Plugin.Results;

namespace Orchestrator.Client.Plugin;

/// <summary><c>ask_experts</c>: a routed answer.</summary>
sealed class AskExperts(OrchestratorChatClient chat, Parameter<string> policy) : PluginFunction(
    "ask_experts",
    """
    Answers a question by the specialised experts that proved good at such questions. Tells who answered, the confidence (0 to 1) that
    this expert answers well, and the coverage: with any other than 'covered' doubt the answer, with 'novel' nothing like it was tried.
    """,
    Asked.Question, policy, Asked.Skills)
{
    protected override async Task<JsonElement> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var model = arguments.Find(policy)!;
        var options = new ChatOptions { ModelId = model };
        if (Asked.SkillsOf(arguments) is { Length: > 0 } skills)
            options.AdditionalProperties = new() { [OrchestratorOptions.Skills] = skills };
        var response = await chat.GetResponseAsync([new ChatMessage(ChatRole.User, arguments.Get(Asked.Question))], options, cancellationToken).ConfigureAwait(false);
        return JsonSerializer.SerializeToElement(AskResult.Of(response, model), PluginJson.Plain.AskResult);
    }
}
