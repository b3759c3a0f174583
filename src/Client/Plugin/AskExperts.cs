using System.Text.Json;
using Orchestrator.Client.Plugin.Parameters;
using Orchestrator.Client.Plugin.Results;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Plugin;

/// <summary><c>ask_experts</c>: a routed answer.</summary>
sealed class AskExperts(ServiceConnection service, Parameter<string> policy) : PluginFunction(
    "ask_experts",
    "Answers a question by the specialised experts that proved good at such questions, and says who answered and how sure that choice is.",
    Asked.Question, policy, Asked.Skills)
{
    protected override async Task<JsonElement> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var model = arguments.Find(policy)!;
        var body = QuestionBody.Of(model, arguments.Get(Asked.Question));
        var reply = await service.SendAsync(
            HttpMethod.Post, "/v1/chat/completions", body, ClientJson.Wire.QuestionBody, ClientJson.Wire.AnswerReply, cancellationToken);
        var result = new AskResult(reply.Choices[0].Message.Content, reply.Model, model);
        return JsonSerializer.SerializeToElement(result, PluginJson.Default.AskResult);
    }
}
