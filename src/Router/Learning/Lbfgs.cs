using System.Numerics.Tensors;

namespace Orchestrator.Router.Learning;

/// <summary>Value of a function at a point; writes its gradient there.</summary>
delegate double ValueAndGradient(double[] point, double[] gradient);

/// <summary>
/// Limited-memory BFGS (Nocedal and Wright, Algorithm 7.5) for smooth convex functions, with a line search that halves the
/// step until the function falls enough (Armijo): no step size is to be chosen.
/// </summary>
static class Lbfgs
{
    /// <summary>Steps remembered.</summary>
    const int Memory = 10;

    /// <param name="start">Becomes the minimum.</param>
    /// <param name="function">What to minimise.</param>
    /// <param name="tolerance">Ends where the gradient is that small against the one at the start.</param>
    /// <param name="rounds">Steps at most.</param>
    /// <returns>Steps taken.</returns>
    public static int Minimise(double[] start, ValueAndGradient function, double tolerance, int rounds)
    {
        var steps = new LinkedList<Step>();
        var (point, gradient) = (start, new double[start.Length]);
        var (nextPoint, nextGradient) = (new double[start.Length], new double[start.Length]);
        double value = function(point, gradient);
        double enough = tolerance * TensorPrimitives.Norm<double>(gradient);
        int round = 0;
        for (; round < rounds && TensorPrimitives.Norm<double>(gradient) > enough; round++)
        {
            double[] direction = Direction(gradient, steps);
            double slope = TensorPrimitives.Dot<double>(direction, gradient);
            double length = steps.Count > 0 ? 1 : 1 / TensorPrimitives.Norm<double>(gradient);
            double next;
            while (true)
            {
                TensorPrimitives.MultiplyAdd<double>(direction, length, point, nextPoint);
                next = function(nextPoint, nextGradient);
                if (next <= value + 1e-4 * length * slope || length < 1e-12)
                    break;
                length /= 2;
            }
            if (!(next < value))
                break;
            Remember(steps, new Step(Difference(nextPoint, point), Difference(nextGradient, gradient)));
            (point, nextPoint) = (nextPoint, point);
            (gradient, nextGradient) = (nextGradient, gradient);
            value = next;
        }
        if (point != start)
            point.CopyTo(start, 0);
        return round;
    }

    static void Remember(LinkedList<Step> steps, Step step)
    {
        // Along a flat step the curvature is only rounding.
        if (step.Curvature <= 1e-14 * TensorPrimitives.SumOfSquares<double>(step.Gradient))
            return;
        steps.AddFirst(step);
        if (steps.Count > Memory)
            steps.RemoveLast();
    }

    static double[] Direction(double[] gradient, LinkedList<Step> steps)
    {
        double[] direction = [.. gradient];
        TensorPrimitives.Negate<double>(direction, direction);
        var shares = new Stack<double>();
        foreach (Step step in steps)
        {
            double share = TensorPrimitives.Dot<double>(step.Point, direction) / step.Curvature;
            shares.Push(share);
            TensorPrimitives.MultiplyAdd<double>(step.Gradient, -share, direction, direction);
        }
        if (steps.First?.Value is { } latest)
            TensorPrimitives.Multiply(direction, latest.Curvature / TensorPrimitives.SumOfSquares<double>(latest.Gradient), direction);
        for (LinkedListNode<Step>? node = steps.Last; node is not null; node = node.Previous)
        {
            double share = TensorPrimitives.Dot<double>(node.Value.Gradient, direction) / node.Value.Curvature;
            TensorPrimitives.MultiplyAdd<double>(node.Value.Point, shares.Pop() - share, direction, direction);
        }
        return direction;
    }

    static double[] Difference(double[] next, double[] before)
    {
        var difference = new double[next.Length];
        TensorPrimitives.Subtract<double>(next, before, difference);
        return difference;
    }

    /// <summary>How the point and the gradient changed in one step.</summary>
    sealed record Step(double[] Point, double[] Gradient)
    {
        public double Curvature { get; } = TensorPrimitives.Dot<double>(Point, Gradient);
    }
}
