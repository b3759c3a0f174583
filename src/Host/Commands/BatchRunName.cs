using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.Jobs.Batches;
using Orchestrator.Jobs.Running;

namespace Orchestrator.Host.Commands;

/// <summary>What a batch run is called: other requests, or other experts to answer them, make another job.</summary>
static partial class BatchRunName
{
    public static string Of(string input, OrchestratorConfig config)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var file = File.OpenRead(input)) hash.AppendData(SHA256.HashData(file));
        hash.AppendData(Encoding.UTF8.GetBytes(ConfigFingerprint.Of(config, new FileHashes())));
        return $"run_{Convert.ToHexStringLower(hash.GetHashAndReset())[..24]}";
    }

    /// <param name="fresh">Whether what is stored under the name is forgotten.</param>
    /// <exception cref="ConfigException">It is no name that could be one of a file too, or --fresh would forget a batch of the server.</exception>
    public static string Checked(string name, bool fresh)
    {
        if (!Plain().IsMatch(name))
            throw new ConfigException([$"--job is '{name}', allowed are 1 to 64 letters, digits, '.', '_' and '-', the first a letter or digit."]);
        if (fresh && name.StartsWith(BatchService.IdPrefix, StringComparison.Ordinal))
            throw new ConfigException([$"--job is '{name}', which names a batch of the server: --fresh does not forget those."]);
        return name;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
