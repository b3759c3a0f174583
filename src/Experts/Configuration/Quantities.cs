using System.Globalization;

namespace Orchestrator.Experts.Configuration;

/// <summary>Sizes and durations as people write them.</summary>
public static class Quantities
{
    static readonly (string Suffix, double Factor)[] ByteUnits =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("", 1)];

    static readonly (string Suffix, double Factor)[] TimeUnits =
        [("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600)];

    /// <summary>512MiB, 1.5GiB or plain bytes; whole bytes only.</summary>
    public static bool TryBytes(string text, out long bytes)
    {
        var valid = TryScaled(text, ByteUnits, out var value) && value < long.MaxValue && value == Math.Floor(value);
        bytes = valid ? (long)value : 0;
        return valid;
    }

    /// <summary>500ms, 30s, 10m or 2h; a bare number is refused because it does not say of what.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        var valid = TryScaled(text, TimeUnits, out var seconds) && seconds <= TimeSpan.MaxValue.TotalSeconds / 2;
        duration = valid ? TimeSpan.FromSeconds(seconds) : default;
        return valid;
    }

    public static string Bytes(long bytes)
    {
        foreach (var (suffix, factor) in ByteUnits.Reverse().Skip(1))
        {
            if (bytes >= factor)
                return string.Create(CultureInfo.InvariantCulture, $"{bytes / factor:0.##}{suffix}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes");
    }

    static bool TryScaled(string text, (string Suffix, double Factor)[] units, out double value)
    {
        foreach (var (suffix, factor) in units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture, out value))
            {
                value *= factor;
                return true;
            }
        }

        value = 0;
        return false;
    }
}
