using Orchestrator.Experts;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Pipeline;

namespace Orchestrator.Host.Api;

/// <summary><c>/health</c>: the process answers. <c>/ready</c>: it can answer chat requests.</summary>
sealed class HealthEndpoints(ServiceState state)
{
    public static IResult Health() => Results.Json(new ServiceHealth("ok"), WireJson.Wire.ServiceHealth);

    public IResult Ready()
    {
        if (state.Current is not { } service)
            return NotReady(new ServiceHealth("starting", Reason: "Experts are being checked."));
        if (service.Pool.Health is { Alive: false } health)
            return NotReady(new ServiceHealth("stalled", Reason: health.Reason));
        var experts = service.Pool.Snapshot();
        var usable = experts.Count(expert => expert.IsUsable);
        var quarantined = experts.Count(expert => expert.Residency == Residency.Quarantined);
        return usable > 0
            ? Results.Json(new ServiceHealth("ready", usable, quarantined), WireJson.Wire.ServiceHealth)
            : NotReady(new ServiceHealth("unavailable", 0, quarantined, "No expert is usable; /v1/models says why."));
    }

    static IResult NotReady(ServiceHealth health) =>
        Results.Json(health, WireJson.Wire.ServiceHealth, statusCode: StatusCodes.Status503ServiceUnavailable);
}
