using System.Security.Cryptography;
using System.Text;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Host.Commands;

/// <summary>
/// What an evaluation depends on beside its questions: an interrupted one goes on only while none of this has changed.
/// </summary>
static class EvalFingerprint
{
    public static string Of(OrchestratorConfig config)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var router = config.Router;
        string?[] read =
        [
            config.Path, router.Outcomes, router.Aggregation, router.Auto, router.Evidence, router.Mixture, router.Embedder.File,
            config.Retrieval.Pilots, config.Retrieval.Gates,
        ];
        foreach (var file in read.OfType<string>().Where(File.Exists))
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        foreach (var expert in config.Experts)
        {
            // A remote one has no file.
            foreach (var file in new[] { expert.File, expert.Adapter }.OfType<string>().Where(file => file.Length > 0))
                hash.AppendData(Encoding.UTF8.GetBytes(Stamp(new FileInfo(file))));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Not the content, which may be gigabytes.</summary>
    static string Stamp(FileInfo file) =>
        file.Exists ? $"{file.FullName}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}\n" : $"{file.FullName}\n";
}
