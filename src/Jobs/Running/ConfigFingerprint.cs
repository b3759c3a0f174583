using System.Security.Cryptography;
using System.Text.Json;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;

namespace Orchestrator.Jobs.Running;

/// <summary>
/// Says whether two processes would answer alike: by their experts, policies and what the router reads, whatever the order of
/// lines and wherever the router's files lie. The weights of experts are told by the paths of their files only.
/// </summary>
public static class ConfigFingerprint
{
    const int Length = 16;

    /// <param name="files">Reads each of the router's files once.</param>
    /// <returns>Hexadecimal digits. A file that is not there, or cannot be read, has a fingerprint too.</returns>
    public static string Of(OrchestratorConfig config, FileHashes files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(config.Experts.OrderBy(expert => expert.Id, StringComparer.Ordinal).Select(expert => expert with { Line = 0 }));
        Append(config.Policies.OrderBy(policy => policy.Name, StringComparer.Ordinal).Select(policy => policy with
        {
            Line = 0,
            Description = "",
            Options = new SortedDictionary<string, string>(policy.Options.ToDictionary(), StringComparer.Ordinal),
        }));
        RouterConfig router = config.Router;
        Append(router.Tagger);
        Append(router.Embedder with { File = null, Threads = 1 });
        Append(router.NovelQuantile);
        // Where collections are kept is each process's own; what is in them nobody can tell from here.
        RetrievalConfig retrieval = config.Retrieval;
        Append(new { retrieval.Base, retrieval.Rule, retrieval.Floor });
        string?[] paths =
        [
            router.Outcomes, router.Aggregation, router.Evidence, router.Auto, router.Mixture, router.Embedder.File,
            retrieval.Pilots, retrieval.Gates,
        ];
        Append<string?[]>([.. paths.Select(Content)]);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Length];

        void Append<T>(T part) => hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(part));

        string? Content(string? path)
        {
            try
            {
                return path is null ? null : files.Sha256(path);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
