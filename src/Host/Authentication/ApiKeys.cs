using System.Security.Cryptography;
using System.Text;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Host.Authentication;

/// <summary>The keys that clients may present. Only their hashes are kept: nothing can log or dump what is not there.</summary>
sealed class ApiKeys
{
    readonly byte[][] _hashes;

    ApiKeys(IEnumerable<string> keys) => _hashes = [.. keys.Select(Hash)];

    /// <summary>Whether a key is asked for at all.</summary>
    public bool Required => _hashes.Length > 0;

    /// <param name="variables">Reads an environment variable; null is one that is not set.</param>
    /// <exception cref="ConfigException">Keys are asked for and there are none: serving without would leave the door open.</exception>
    public static ApiKeys From(ServerConfig server, Func<string, string?> variables)
    {
        if (server.ApiKeyEnv is not { } name) return new ApiKeys([]);
        var keys = (variables(name) ?? "").Split((char[])[',', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return keys.Length > 0
            ? new ApiKeys(keys)
            : throw new ConfigException([
                $"The environment variable {name} (server.api_key_env) is not set or empty: give it the key that clients must present, " +
                "or several separated by commas; without server.api_key_env no key is asked for."]);
    }

    /// <summary>Takes as long for a key that is nearly right as for any other, and whichever of the keys it is.</summary>
    public bool Accept(string key)
    {
        var presented = Hash(key);
        var found = false;
        foreach (var hash in _hashes) found |= CryptographicOperations.FixedTimeEquals(hash, presented);
        return found;
    }

    static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
