using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.Experts.Configuration;

namespace Orchestrator.Host.Commands;

/// <summary>
/// Tells an expert from what it was before: its files by length and both ends, which training changes, and how it is asked.
/// Reading whole files would take as long as loading them; times of change differ from copy to copy.
/// </summary>
static class ExpertFingerprint
{
    const int End = 1 << 20;

    /// <returns>Hexadecimal; a file that is not there has one too.</returns>
    public static string Of(ExpertConfig expert)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{expert.Purpose} {expert.AdapterScale} {expert.Context} {expert.ChatTemplate}\n")));
        Append(hash, expert.File);
        if (expert.Adapter is { } adapter) Append(hash, adapter);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    static void Append(IncrementalHash hash, string path)
    {
        if (!File.Exists(path)) return;
        using var file = File.OpenRead(path);
        hash.AppendData(BitConverter.GetBytes(file.Length));
        var end = new byte[Math.Min(End, file.Length)];
        file.ReadExactly(end);
        hash.AppendData(end);
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        hash.AppendData(end);
    }
}
