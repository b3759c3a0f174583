using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.Api;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>: every name that <c>model</c> may take.</summary>
sealed class ModelsEndpoints(ServiceState state)
{
    public IResult List() => Results.Json(new ModelList(Entries(state.Ready())), WireJson.Wire.ModelList);

    public IResult Get(string id)
    {
        var entries = Entries(state.Ready());
        var entry = entries.FirstOrDefault(entry => entry.Id == id)
            ?? throw new ApiException(ApiError.ModelNotFound(id, entries.Select(entry => entry.Id)));
        return Results.Json(entry, WireJson.Wire.ModelEntry);
    }

    static List<ModelEntry> Entries(Service service)
    {
        var created = service.StartedAt.ToUnixTimeSeconds();
        return
        [
            .. service.Config.Policies.Select(policy => new ModelEntry(policy.Name, created, Details(policy))),
            .. service.Pool.Snapshot().Select(expert => new ModelEntry(expert.Id, created, Details(expert))),
        ];
    }

    static ModelDetails Details(PolicyConfig policy) => new()
    {
        Kind = "policy",
        Description = policy.Description.Length > 0 ? policy.Description : null,
    };

    static ModelDetails Details(ExpertSnapshot expert) => new()
    {
        Kind = "expert",
        Description = expert.Description,
        Purpose = expert.Purpose.ToString().ToLowerInvariant(),
        Tools = expert.Tools == ToolFormat.None ? null : expert.Tools.ToString().ToLowerInvariant(),
        Space = expert.Space,
        Dimensions = expert.Dimensions,
        QueriesFor = expert.QueriesFor,
        State = expert.Residency.Word(),
        LoadProgress = expert.LoadProgress,
        Reason = expert.Reason,
        Facts = expert.Facts,
        Pinned = expert.Pinned,
        ResidentBytes = expert.ResidentBytes,
        ExpectedBytes = expert.ExpectedBytes,
        ActiveRequests = expert.ActiveRequests,
        WaitingRequests = expert.WaitingRequests,
        Loads = expert.Loads,
        FailedLoads = expert.FailedLoads,
        Evictions = expert.Evictions,
        Variants = [.. expert.Variants.Select(variant => new VariantDetails(
            variant.Name, variant.Residency.Word(), variant.ResidentBytes, variant.Reason))],
    };
}
