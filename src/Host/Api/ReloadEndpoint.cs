using Orchestrator.Experts.Configuration;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Reloading;

namespace Orchestrator.Host.Api;

/// <summary><c>POST /reload</c>: reads the configuration file again and tells what changed.</summary>
sealed class ReloadEndpoint(ConfigReloader reloader, IHostApplicationLifetime lifetime)
{
    /// <summary>A caller who hangs up does not stop it: new files may take longer to check than a client waits.</summary>
    public async Task<IResult> HandleAsync()
    {
        try
        {
            return Results.Json(await reloader.ReloadAsync(lifetime.ApplicationStopping), WireJson.Wire.ConfigChanges);
        }
        catch (ConfigException refused)
        {
            throw new ApiException(ApiError.Invalid(
                $"The configuration is refused, the old one stays:\n{refused.Message}", code: "invalid_configuration"));
        }
    }
}
