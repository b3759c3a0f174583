using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.Embedding;
using Orchestrator.Jobs.Aggregation;
using Orchestrator.Router.Evidence;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Reloading;

/// <summary>
/// Takes over the configuration file as it is now. The one writer of <see cref="ServiceState"/> once the service has
/// started: reloads run one after the other.
/// </summary>
sealed class ConfigReloader(
    ServiceBuilder builder, ServiceState state, OrchestratorConfig start, ILogger<ConfigReloader> logger) : IDisposable
{
    readonly SemaphoreSlim _turn = new(1, 1);
    OrchestratorConfig _current = start;

    /// <summary>Told already: the file's watcher and an operator may both ask for the same broken file.</summary>
    IReadOnlyList<string> _refused = [];

    /// <summary>Requests in flight keep the router they began with; experts finish what runs on them.</summary>
    /// <exception cref="ConfigException">The file is refused, for all the reasons listed; everything stays as it was.</exception>
    public async Task<ConfigChanges> ReloadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var changes = await ApplyAsync(cancellationToken);
            _refused = [];
            var policies = changes.Policies;
            Log.Reloaded(logger, Listed(changes.Added), Listed(changes.Removed), Listed(changes.Changed));
            Log.PoliciesReloaded(logger, Listed(policies.Added), Listed(policies.Removed), Listed(policies.Changed));
            foreach (var key in changes.Settings) Log.SettingReloaded(logger, key);
            foreach (var key in changes.NeedsRestart) Log.NeedsRestart(logger, key);
            return changes;
        }
        catch (ConfigException refused)
        {
            foreach (var reason in refused.Errors.Except(_refused)) Log.Refused(logger, reason);
            _refused = refused.Errors;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    async Task<ConfigChanges> ApplyAsync(CancellationToken cancellationToken)
    {
        var service = state.Ready();
        // Reading and profiling outcomes takes a while; neither belongs on the thread of a caller.
        var read = await Task.Run(() => ConfigReader.Read(_current.Path), cancellationToken);
        var changes = ConfigChanges.Between(_current, read);
        var applied = ConfigChanges.Applicable(_current, read);
        var learned = await Task.Run(() => LoadAsync(applied, service.Spaces!, cancellationToken), cancellationToken);
        await service.Pool.ReconfigureAsync(applied.LeftForExperts(service.Spaces!.ResidentBytes, learned.Mixture), cancellationToken);
        learned.Mixture?.Memory.Resize(applied.Memory.Thoughts);
        await state.SetAsync(ServiceBuilder.Assemble(applied, service.Pool, learned, service.StartedAt), cancellationToken);
        _current = applied;
        return changes;
    }

    async Task<Learned> LoadAsync(OrchestratorConfig config, QuestionSpaces spaces, CancellationToken cancellationToken)
    {
        try
        {
            return await builder.LoadLearnedAsync(config, spaces, cancellationToken);
        }
        catch (RouterException wrong)
        {
            throw new ConfigException(wrong.Message.Split('\n'), wrong);
        }
        catch (OutcomeFileException wrong)
        {
            throw new ConfigException(wrong.Problems, wrong);
        }
        catch (Exception wrong) when (wrong is AggregationFileException or EvidenceFileException)
        {
            throw new ConfigException([wrong.Message], wrong);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException([$"what profiling wrote cannot be read: {unreadable.Message}"], unreadable);
        }
    }

    static string Listed(IReadOnlyList<string> ids) => ids.Count == 0 ? "none" : string.Join(", ", ids);
}
