using System.Security.Cryptography;
using System.Text.Json;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Jobs.Running;

/// <summary>Says whether two processes would answer alike: by their experts and policies, whatever their order of lines.</summary>
static class ConfigFingerprint
{
    const int Length = 16;

    public static string Of(OrchestratorConfig config)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(config.Experts.Select(expert => expert with { Line = 0 })));
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(config.Policies.Select(policy => policy with { Line = 0 })));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Length];
    }
}
