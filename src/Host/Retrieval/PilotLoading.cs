using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Embedding;
using Orchestrator.Experts.Gguf;
using Orchestrator.Router.Pilots;

namespace Orchestrator.Host.Retrieval;

/// <summary>Reads the pilots that queries are routed by, and holds them against the experts as they are now.</summary>
sealed class PilotLoading(ILogger logger)
{
    readonly FileHashes _hashes = new();

    /// <summary>Null where none are configured, or trained yet, or their base has no file.</summary>
    /// <exception cref="ConfigException">The file is malformed, or of other experts than those that are configured.</exception>
    public PilotLibrary? Load(OrchestratorConfig config)
    {
        if (config.Retrieval.Pilots is not { } file) return null;
        if (!File.Exists(file))
        {
            Log.NoPilots(logger, file);
            return null;
        }

        var library = Read(file);
        if (config.Retrieval.Base is { } wanted && wanted != library.Base)
            throw Wrong(file, $"are of the base '{library.Base}', but retrieval.base is '{wanted}'");
        if (config.Experts.FirstOrDefault(expert => expert.Id == library.Base) is not { Purpose: ExpertPurpose.Embed, QueriesFor: null } documents)
            throw Wrong(file, $"are of the base '{library.Base}', which is no expert of the configuration that embeds documents");
        if (documents.Remote is null && !File.Exists(documents.File))
        {
            // It is quarantined, and the others serve.
            Log.PilotsWithoutBase(logger, file, library.Base);
            return null;
        }

        if (SpaceName.Of(documents, _hashes) is var space && space != library.Space)
            throw Wrong(file, $"are of the space '{library.Space}', but '{library.Base}' now embeds into '{space}'; run 'orchestrator train pilots' again");
        return Known(file, library, config);
    }

    /// <summary>Without the pilots of experts that are gone, or that embed into another space.</summary>
    PilotLibrary Known(string file, PilotLibrary library, OrchestratorConfig config)
    {
        foreach (var expert in library.Experts.ToArray())
        {
            if (config.Experts.Any(other => other.Id == expert && other.Purpose == ExpertPurpose.Embed && (other.QueriesFor ?? other.Id) == library.Base))
                continue;
            Log.UnknownPilot(logger, file, expert, library.Base);
            library = library.Without(expert);
        }

        return library;
    }

    static PilotLibrary Read(string file)
    {
        try
        {
            return PilotFile.Read(file);
        }
        catch (PilotFileException malformed)
        {
            throw new ConfigException([.. malformed.Problems.Select(problem => $"retrieval.pilots: {problem}")], malformed);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException([$"retrieval.pilots '{file}' cannot be read: {unreadable.Message}"], unreadable);
        }
    }

    static ConfigException Wrong(string file, string what) => new([$"retrieval.pilots '{file}' {what}"]);
}
