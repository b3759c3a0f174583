using System.Text.Json;
using Orchestrator.Client.Connection;
using Orchestrator.Client.Plugin.Parameters;
using Orchestrator.Client.Plugin.Results;
using Orchestrator.Client.Wire;

namespace Orchestrator.Client.Plugin;

/// <summary><c>list_experts</c>: every name that a policy parameter takes.</summary>
sealed class ListExperts(ServiceConnection service) : PluginFunction(
    "list_experts",
    "Lists the policies that choose experts for a question, with what each is for, and the experts, with what each is good at and whether it is ready.",
    About)
{
    const int Most = 50;
    const int LongestDescription = 300;

    static readonly Parameter<string> About = new(
        "about", "Lists only experts whose id or description has this text in it, such as 'code'; policies are listed always. Leave it out for all.", new TextShape());

    protected override async Task<JsonElement> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var about = arguments.Find(About);
        var models = await service.SendAsync(new ServiceCall(HttpMethod.Get, "/v1/models"), ClientJson.Wire.ModelsReply, cancellationToken).ConfigureAwait(false);
        ModelItem[] experts = [.. models.Data.Where(model => model.Orchestrator is { Kind: "expert" } && IsAbout(model, about))];
        var result = new ExpertsResult(
            [.. models.Data.Where(model => model.Orchestrator is { Kind: "policy" }).Select(Policy)],
            [.. experts.Take(Most).Select(Listed)])
        {
            LeftOut = Brief.LeftOut(experts.Length, Most, "experts; narrow them with 'about'"),
        };
        return JsonSerializer.SerializeToElement(result, PluginJson.Plain.ExpertsResult);
    }

    static bool IsAbout(ModelItem model, string? text) =>
        text is null || $"{model.Id}\n{model.Orchestrator?.Description}".Contains(text.Trim(), StringComparison.OrdinalIgnoreCase);

    static ListedPolicy Policy(ModelItem model) => new(model.Id, Brief.TextOrNull(model.Orchestrator!.Description, LongestDescription));

    static ListedExpert Listed(ModelItem model)
    {
        var facts = model.Orchestrator!;
        return new ListedExpert(
            model.Id, Brief.TextOrNull(facts.Description, LongestDescription), facts.Purpose, facts.State,
            Brief.TextOrNull(facts.Reason, LongestDescription));
    }
}
