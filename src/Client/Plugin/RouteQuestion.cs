using System.Text.Json;
using Orchestrator.Client.Chat;
using Orchestrator.Client.Connection;
using Orchestrator.Client.Plugin.Parameters;
using Orchestrator.Client.Plugin.Results;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Plugin;

/// <summary><c>route_question</c>: the plan for a question.</summary>
sealed class RouteQuestion(ServiceConnection service, Parameter<string> policy) : PluginFunction(
    "route_question",
    """
    Tells which experts would be asked a question, with what confidence (0 to 1) and coverage ('covered' where such questions were
    tried), and why. No expert answers; ask_experts gives the answer.
    """,
    Asked.Question, policy, Asked.Skills)
{
    /// <summary>Of the ranking: who comes later is hardly ever asked.</summary>
    const int MostRanked = 8;

    protected override async Task<JsonElement> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var body = QuestionBody.Of(arguments.Find(policy)!, arguments.Get(Asked.Question));
        var skills = Asked.SkillsOf(arguments);
        var call = ServiceCall.Of(HttpMethod.Post, "/v1/route", body, ClientJson.Wire.QuestionBody) with
        {
            Headers = skills.Length > 0 ? [KeyValuePair.Create(ExtraProperties.SkillsHeader, string.Join(',', skills))] : [],
        };
        var plan = await service.SendAsync(call, ClientJson.Wire.PlanReply, cancellationToken).ConfigureAwait(false);
        var ranked = plan.Ranked ?? [];
        var result = new RouteResult(plan.Policy, plan.Panel, plan.Reasons ?? [])
        {
            Confidence = plan.Confidence,
            Coverage = plan.Coverage?.Verdict,
            Ranked = [.. ranked.Take(MostRanked).Select(expert => new ExpectedScore(expert.Expert, Math.Round(expert.Score, 3)))],
            LeftOut = Brief.LeftOut(ranked.Count, MostRanked, "ranked experts"),
        };
        return JsonSerializer.SerializeToElement(result, PluginJson.Plain.RouteResult);
    }
}
